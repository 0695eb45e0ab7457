/**
 * What is logged, and how: the catalogue of log events, and the form of a line. When something is logged is decided by whoever logs it.
 */
package org.trustpaybridge.log;
