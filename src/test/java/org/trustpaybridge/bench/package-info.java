/**
 * The benchmark, {@code ./mvnw -Pbench}: the packaged bridge and a program that does the same job without a framework, one after the other
 * on the same broker and the same provider, round by round. See docs/performance.md.
 */
package org.trustpaybridge.bench;
