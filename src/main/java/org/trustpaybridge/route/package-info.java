/**
 * The steps of the routes in {@code routes/*.camel.yaml} that are written in Java: one processor a step, named after what it does. A
 * step translates between an exchange and the pure code that decides.
 */
package org.trustpaybridge.route;
