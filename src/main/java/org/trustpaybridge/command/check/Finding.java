package org.trustpaybridge.command.check;

/**
 * What one check found.
 *
 * @param check  what was looked at, in a few words
 * @param result how it came out
 * @param detail what was found; no secret
 * @param advice what to do; empty where nothing is to be done. A line that begins with two spaces is a command
 */
public record Finding(String check, Result result, String detail, String advice) {

    /** All is well. */
    public static Finding ok(String check, String detail) {
        return new Finding(check, Result.OK, detail, "");
    }

    /** All is well, and there is something to know. */
    public static Finding note(String check, String detail, String advice) {
        return new Finding(check, Result.OK, detail, advice);
    }

    /** It could not be looked at. */
    public static Finding skipped(String check, String why) {
        return new Finding(check, Result.SKIPPED, why, "");
    }

    /** Something to know. */
    public static Finding warning(String check, String detail, String advice) {
        return new Finding(check, Result.WARNING, detail, advice);
    }

    /** Something is wrong. */
    public static Finding problem(String check, String detail, String advice) {
        return new Finding(check, Result.PROBLEM, detail, advice);
    }
}
