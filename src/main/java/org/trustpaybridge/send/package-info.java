/** {@code send}: publishes one event, and tells what comes of it. */
package org.trustpaybridge.send;
