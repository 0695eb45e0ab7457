/**
 * What is so with the bridge, in words: whether orders flow, and each reason why they do not. Who knows of such a reason says so here, and
 * page, health, metric and JMX all show this one list.
 */
package org.trustpaybridge.condition;
