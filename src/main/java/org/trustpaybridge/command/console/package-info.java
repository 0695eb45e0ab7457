/** What all commands share: their options, how they print, how they fail. Nothing that only one command needs belongs here. */
package org.trustpaybridge.command.console;
