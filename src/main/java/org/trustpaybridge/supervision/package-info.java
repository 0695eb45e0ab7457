/**
 * Who must live for orders to flow, and what is done when one of them does not: the process ends, with a word and an exit code, so that
 * whoever started it can start it again. Who these are is not known here, nor Camel, nor Kafka.
 */
package org.trustpaybridge.supervision;
