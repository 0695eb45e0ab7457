package org.trustpaybridge.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * The message of a line for people, with escapes for what would end the line or cannot be seen: other libraries quote what they were given.
 */
public final class Sentence extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return Quoting.sentence(event.getFormattedMessage());
    }
}
