package dev.breakwater.acceptance.coverage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which lines of a contract's checklist a test proves. A line counts as proven when at least one test that cites
 * it ran, and every one that ran passed.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Proves {

    /** The contract, for example {@code events}. */
    String contract();

    /** The numbers of the lines. */
    int[] lines();
}
