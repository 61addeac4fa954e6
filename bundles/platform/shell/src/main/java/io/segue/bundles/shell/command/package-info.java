/**
 * What every command of the shell is made of. In the order in which a typed line meets them: {@link
 * io.segue.bundles.shell.command.Completion} with {@code CommandList}, {@code Suggestions} and
 * {@code NodeSuggestions} while it is typed; {@link io.segue.bundles.shell.command.ShellCommand},
 * which {@code Usage} describes and Gogo calls; {@code Arguments}, which are what was typed; {@link
 * io.segue.bundles.shell.command.NodeAccess}, the services that commands ask; {@code ModuleQuery}
 * and {@code Fields}, for what modules answer; {@code Answer}, laid out by {@code Text}; {@link
 * io.segue.bundles.shell.command.CommandException} where there is none. The commands themselves are
 * in the packages below, one for each scope; {@code help} and {@code grep} are here.
 */
@NullMarked
package io.segue.bundles.shell.command;

import org.jspecify.annotations.NullMarked;
