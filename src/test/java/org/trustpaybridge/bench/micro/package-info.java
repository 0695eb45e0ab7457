/** Micro benchmarks of the pure code that every order passes through, {@code ./mvnw -Pjmh}. */
package org.trustpaybridge.bench.micro;
