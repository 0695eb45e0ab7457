package org.trustpaybridge.command.check;

import java.util.Map;
import java.util.stream.Collectors;

import org.trustpaybridge.kafka.NativeCodecs;

/** Tries the codecs with which producers may compress orders: what cannot be unpacked holds its partition. */
public final class CodecCheck {

    private CodecCheck() {
    }

    /** @return what was found */
    public static Finding finding() {
        Map<String, String> broken = NativeCodecs.broken();
        if (broken.isEmpty()) {
            return Finding.ok("codecs", "gzip, snappy, lz4 and zstd can be read");
        }
        return Finding.problem("codecs", broken.entrySet().stream().map(each -> each.getKey() + " cannot be read: " + each.getValue())
            .collect(Collectors.joining("; ")),
                "A record compressed so would hold its partition. Have Java use a folder in which files can be"
                + " written and executed; now it uses " + System.getProperty("java.io.tmpdir") + ":\n"
                + "  JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
    }
}
