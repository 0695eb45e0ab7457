/**
 * Bounds of the HTTP servers of this process: how many may come, how long they may take, and whether the server's threads live. What is
 * served does not belong here.
 */
package org.trustpaybridge.http;
