/**
 * The command line: which commands there are, and {@code run}. What a command does beyond starting something is in a package of its own
 * below this one; {@code check} begins here, since it asks by the routes as they are.
 */
package org.trustpaybridge.command;
