package io.segue.bundles.gov.state;

import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.gov.OpaqueMessage;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.state.ValueCodec;

/**
 * Proposals as they are stored; as JSON with their messages in bytes, whatever types those have.
 */
record ProposalCodec() implements ValueCodec<Proposal> {
  private static final GenesisJson JSON = GenesisJson.withTypes(OpaqueMessage.getDefaultInstance());

  @Override
  public byte[] write(Proposal proposal) {
    return proposal.toByteArray();
  }

  @Override
  public Proposal read(byte[] bytes) {
    return Proto.stored(Proposal.parser(), bytes);
  }

  @Override
  public String json(Proposal proposal) {
    return JSON.print(new OpaqueMessages(JSON).hidden(proposal));
  }

  @Override
  public Proposal ofJson(Part json) {
    return OpaqueMessages.shown(JSON.parse("proposal", json.json(), Proposal.newBuilder()).build());
  }
}
