/**
 * The way of a call to the provider and back: connections, the bounds of an answer in size and in time, and whether an answer belongs to
 * the request that it followed. What an answer means belongs to {@code provider}.
 */
package org.trustpaybridge.transport;
