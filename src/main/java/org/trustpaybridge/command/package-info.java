/** What all commands share: their options, how they print, how they fail. */
package org.trustpaybridge.command;
