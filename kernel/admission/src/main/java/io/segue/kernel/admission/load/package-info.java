/** What becomes of admitted classes when they are loaded: {@link LoadRules}. */
@NullMarked
package io.segue.kernel.admission.load;

import org.jspecify.annotations.NullMarked;
