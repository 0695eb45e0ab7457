/** The steps of the routes in {@code routes/*.camel.yaml} that are written in Java: one processor a step, named after what it does. */
package org.trustpaybridge.route;
