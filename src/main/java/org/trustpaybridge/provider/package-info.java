/**
 * What an answer of the payment provider means for the order that it was given for. Pure code: no Camel, no Kafka, no HTTP.
 */
package org.trustpaybridge.provider;
