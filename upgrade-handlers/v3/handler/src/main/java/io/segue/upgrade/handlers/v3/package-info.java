/** Plan v3: no fee market, validators by power, and a lead time for plans. */
@NullMarked
package io.segue.upgrade.handlers.v3;

import org.jspecify.annotations.NullMarked;
