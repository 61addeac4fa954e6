/**
 * How the values of a chain are written: {@link io.segue.bundles.rpc.json.JsonOut} writes, {@link
 * io.segue.bundles.rpc.json.BlockJson}, {@link io.segue.bundles.rpc.json.ResultJson} and {@link
 * io.segue.bundles.rpc.json.ConsensusJson} are the forms that CometBFT gives them.
 */
@NullMarked
package io.segue.bundles.rpc.json;

import org.jspecify.annotations.NullMarked;
