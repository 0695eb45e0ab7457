package org.trustpaybridge.log;

import java.util.List;
import java.util.stream.Collectors;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.slf4j.event.KeyValuePair;

/** The pairs of a line for people: {@code key=value}, values {@linkplain Quoting quoted} where they need it. */
public final class Pairs extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? "" : pairs.stream().map(pair -> pair.key + '=' + Quoting.value(String.valueOf(pair.value)))
            .collect(Collectors.joining(" "));
    }
}
