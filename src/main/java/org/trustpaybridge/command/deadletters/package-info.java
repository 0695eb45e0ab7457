/**
 * {@code dead-letters list}, {@code show} and {@code replay}: arguments and print. What a dead letter says belongs to {@code
 * deadletters}, and sending it again to {@code deadletters.replay}.
 */
package org.trustpaybridge.command.deadletters;
