package org.trustpaybridge.secrets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value made of files, and made anew when their bytes change. Files that are missing, empty, or not what is expected change nothing: the
 * last good value stays. Safe for use by many threads; asking for the value waits for nobody.
 *
 * @param <T> what is made
 */
public final class Reread<T> implements Supplier<T> {

    private final String name;
    private final List<SecretSource> sources;
    private final Maker<T> maker;
    private volatile T current;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile Listener listener = Listener.NONE;
    private volatile long lookedNanos;
    /** Of what the value was made, and of what none could be made last. */
    private byte[] good = new byte[0];
    private byte[] bad = new byte[0];

    /**
     * @param name    names the setting, never its value
     * @param sources all that the value is made of
     * @param maker   makes it
     * @param initial made before; it is looked at the first time whether it is still right. Null: there is none before the first look
     */
    public Reread(String name, List<SecretSource> sources, Maker<T> maker, T initial) {
        this.name = name;
        this.sources = List.copyOf(sources);
        this.maker = maker;
        this.current = initial;
        this.lookedNanos = System.nanoTime();
    }

    /**
     * Makes the first value.
     *
     * @param <T> what is made
     * @return has a value
     * @throws Exception when none can be made
     */
    public static <T> Reread<T> made(String name, List<SecretSource> sources, Maker<T> maker) throws Exception {
        Reread<T> made = new Reread<>(name, sources, maker, null);
        byte[] content = made.content();
        made.current = maker.make(content);
        made.good = digest(content);
        return made;
    }

    /** @return the last good value */
    @Override
    public T get() {
        return current;
    }

    /** @return names the setting */
    public String name() {
        return name;
    }

    /** @return whether there is anything to read again */
    public boolean isOfFiles() {
        return !sources.isEmpty();
    }

    /** @return why the files are of no use now, as the rest of a sentence; empty while they are good */
    public Optional<String> trouble() {
        return trouble;
    }

    /** @param told of what is found from now on */
    void tell(Listener told) {
        listener = told;
    }

    /** As {@link #look()}, unless that was done within a time. */
    public void lookIfNotWithin(Duration lately) {
        if (System.nanoTime() - lookedNanos >= lately.toNanos()) {
            look();
        }
    }

    /** Reads the files, and makes the value anew if their bytes are others. */
    public synchronized void look() {
        if (sources.isEmpty()) {
            return;
        }
        lookedNanos = System.nanoTime();
        byte[] content;
        try {
            content = content();
        } catch (IOException e) {
            trouble("cannot be read");
            return;
        }
        byte[] found = digest(content);
        if (content.length == 0) {
            trouble("is empty");
        } else if (Arrays.equals(found, good)) {
            noTrouble();
        } else if (!Arrays.equals(found, bad)) {
            take(content, found);
        }
    }

    private void take(byte[] content, byte[] found) {
        T made;
        try {
            made = maker.make(content);
        } catch (RefusedSecretException e) {
            bad = found;
            trouble(e.getMessage());
            return;
        } catch (Exception e) {
            bad = found;
            trouble("cannot be used (" + deepest(e).getClass().getSimpleName() + ")");
            return;
        }
        boolean changed = current != null && !made.equals(current);
        current = made;
        good = found;
        bad = new byte[0];
        if (changed) {
            trouble = Optional.empty();
            listener.changed();
        } else {
            noTrouble();
        }
    }

    private static Throwable deepest(Throwable failure) {
        return failure.getCause() == null ? failure : deepest(failure.getCause());
    }

    private void trouble(String why) {
        boolean said = trouble.filter(why::equals).isPresent();
        trouble = Optional.of(why);
        if (!said) {
            listener.unusable(why);
        }
    }

    private void noTrouble() {
        boolean over = trouble.isPresent();
        trouble = Optional.empty();
        if (over) {
            listener.usableAgain();
        }
    }

    /** An empty file makes all of it empty. */
    private byte[] content() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (SecretSource source : sources) {
            byte[] bytes = source.read();
            if (bytes.length == 0) {
                return bytes;
            }
            all.write(bytes);
        }
        return all.toByteArray();
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "Reread[" + name + "]";
    }

    /**
     * Makes a value of the bytes of all files, one after the other, or of the files themselves.
     *
     * @param <T> what is made
     */
    @FunctionalInterface
    public interface Maker<T> {

        /**
         * @param content never empty
         * @return the value, not null
         * @throws RefusedSecretException with words that may be shown
         * @throws Exception              whose words are not shown
         */
        T make(byte[] content) throws Exception;
    }

    /** Told of what is found; by the thread that looks. */
    interface Listener {

        /** Nobody. */
        Listener NONE = new Listener() {
            @Override
            public void changed() {
                // Nobody listens.
            }

            @Override
            public void unusable(String why) {
                // Nobody listens.
            }

            @Override
            public void usableAgain() {
                // Nobody listens.
            }
        };

        /** There is a new value. */
        void changed();

        /** The last good value stays. */
        void unusable(String why);

        /** The files are as they were when the value was made. */
        void usableAgain();
    }
}
