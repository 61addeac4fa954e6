/** Plans of upgrades: how they are checked, what their info says, and how state keeps them. */
@NullMarked
package io.segue.kernel.core.plan;

import org.jspecify.annotations.NullMarked;
