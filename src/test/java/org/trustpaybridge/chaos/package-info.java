/** The chaos test: real processes under load that are killed, paused and cut off, and a judge who reads the topics afterwards. */
package org.trustpaybridge.chaos;
