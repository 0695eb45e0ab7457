/**
 * What became of the orders of the last minutes, and since the start: counted for people who look. Counters for machines belong to
 * {@code observe.metrics}.
 */
package org.trustpaybridge.observe.activity;
