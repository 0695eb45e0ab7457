package org.trustpaybridge.chaos;

/** The full run as a program, with the settings {@code -Dchaos.orders}, {@code -Dchaos.seed} and so on. */
public final class Chaos {

    private Chaos() {
    }

    /** Exits with 1 if a promise was broken. */
    public static void main(String[] arguments) {
        Judgement judgement;
        try (ChaosRun run = new ChaosRun(ChaosSettings.full())) {
            judgement = run.judged();
        }
        System.out.println(judgement.table());
        judgement.violations().forEach(System.out::println);
        System.exit(judgement.violations().isEmpty() ? 0 : 1);
    }
}
