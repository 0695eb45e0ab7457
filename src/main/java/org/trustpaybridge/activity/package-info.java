/** What became of the orders of the last minutes, and since the start: counted for people who look, without Kafka, Camel or HTTP. */
package org.trustpaybridge.activity;
