/**
 * Traces for OpenTelemetry: a span for each POST, between the trace that the input record brought along and the record that goes out.
 * Nothing of it is there while tracing is off.
 */
package org.trustpaybridge.observe.tracing;
