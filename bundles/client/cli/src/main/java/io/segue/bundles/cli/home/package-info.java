/**
 * The folder of a node and of its client: {@code Home}, the option {@code --home}; {@code
 * ClientFile}, its settings of the client; {@code ClientDefaults} and {@code NodeOption}, which use
 * them; {@code ConfigCommand}, which edits them; {@code Distribution}, the files beside the
 * program.
 */
package io.segue.bundles.cli.home;
