/**
 * The modules of a generation, ready to be called: {@link ModuleSetReader} takes a {@link
 * RegisteredModule} for each, refuses what does not fit together and gives the {@link ModuleSet};
 * {@link MessageRouter} finds who handles a message. {@link Steps} says which module runs.
 */
@NullMarked
package io.segue.kernel.core.module;

import org.jspecify.annotations.NullMarked;
