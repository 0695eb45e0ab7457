/** The commands {@code dead-letters list}, {@code show} and {@code replay}. */
package org.trustpaybridge.dlq;
