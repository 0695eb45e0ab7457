/**
 * What the bridge counts and measures: the catalogue of its metrics, the meters that the steps write, and the gauges that a scrape
 * reads. It knows neither Camel nor Kafka.
 */
package org.trustpaybridge.observe.metrics;
