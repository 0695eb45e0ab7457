/**
 * Makes the objects of a running bridge, connects them, and binds the names that the routes refer to. Decisions and their rules do not
 * belong here, only who gets what.
 */
package org.trustpaybridge.assembly;
