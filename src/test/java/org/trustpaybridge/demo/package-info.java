/** The demo behind {@code ./mvnw -Pdemo}: broker, simulator and bridge on this machine, and what becomes of a few orders. */
package org.trustpaybridge.demo;
