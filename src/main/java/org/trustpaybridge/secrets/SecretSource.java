package org.trustpaybridge.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the bytes of a secret are. */
@FunctionalInterface
public interface SecretSource {

    /**
     * @return all that is there now
     * @throws IOException when it cannot be read
     */
    byte[] read() throws IOException;

    /**
     * A file is opened by its name each time, so that a folder that is swapped (as Kubernetes does it with secrets) is followed.
     *
     * @param path of the file
     * @return its bytes
     */
    static SecretSource file(Path path) {
        return () -> Files.readAllBytes(path);
    }
}
