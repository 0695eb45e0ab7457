/**
 * What is so with the bridge, in words: whether orders flow, and each reason why they do not. Who knows of such a reason says so by a
 * type of this package; page, health, metric and JMX show this one list, and none of them decides anew.
 */
package org.trustpaybridge.condition;
