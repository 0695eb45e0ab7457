/**
 * {@code send}: publishes one event, and tells what comes of it. It knows no step of the bridge: what it tells, it reads from topics.
 */
package org.trustpaybridge.command.send;
