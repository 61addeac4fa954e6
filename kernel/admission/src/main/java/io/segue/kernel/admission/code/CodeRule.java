package io.segue.kernel.admission.code;

/**
 * A rule of {@code rules.txt}.
 *
 * @param id its name
 * @param why what harm it does
 * @param instead what to do instead
 */
record CodeRule(String id, String why, String instead) {}
