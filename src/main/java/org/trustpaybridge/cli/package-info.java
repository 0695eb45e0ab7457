/** The command line, and the programs behind its commands. */
package org.trustpaybridge.cli;
