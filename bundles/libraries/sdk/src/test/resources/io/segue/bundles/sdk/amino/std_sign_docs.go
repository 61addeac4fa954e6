// Sign documents of SIGN_MODE_LEGACY_AMINO_JSON as the Cosmos SDK makes them.
package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"os"

	auth "cosmossdk.io/api/cosmos/auth/v1beta1"
	bank "cosmossdk.io/api/cosmos/bank/v1beta1"
	base "cosmossdk.io/api/cosmos/base/v1beta1"
	gov "cosmossdk.io/api/cosmos/gov/v1"
	govbeta "cosmossdk.io/api/cosmos/gov/v1beta1"
	staking "cosmossdk.io/api/cosmos/staking/v1beta1"
	tx "cosmossdk.io/api/cosmos/tx/v1beta1"
	upgrade "cosmossdk.io/api/cosmos/upgrade/v1beta1"
	"cosmossdk.io/x/tx/signing"
	"cosmossdk.io/x/tx/signing/aminojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

const (
	alice = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4"
	bob   = "cosmos15yk64u7zc9g9k2yr2wmzeva5qgwxps6yxj00e7"
	auto  = "cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn"
)

func pack(m proto.Message) *anypb.Any {
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil {
		panic(err)
	}
	return &anypb.Any{TypeUrl: "/" + string(m.ProtoReflect().Descriptor().FullName()), Value: b}
}

func coins(pairs ...string) []*base.Coin {
	var list []*base.Coin
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, &base.Coin{Amount: pairs[i], Denom: pairs[i+1]})
	}
	return list
}

func body(ms ...proto.Message) *tx.TxBody {
	b := &tx.TxBody{}
	for _, m := range ms {
		b.Messages = append(b.Messages, pack(m))
	}
	return b
}

type vector struct {
	Name          string `json:"name"`
	Body          string `json:"body_bytes_hex"`
	AuthInfo      string `json:"auth_info_bytes_hex"`
	ChainID       string `json:"chain_id"`
	AccountNumber string `json:"account_number"`
	Sequence      string `json:"sequence"`
	SignBytes     string `json:"sign_bytes_utf8"`
	Error         string `json:"error"`
}

func main() {
	send := &bank.MsgSend{FromAddress: alice, ToAddress: bob, Amount: coins("7", "ustake")}
	plan := &upgrade.Plan{Name: "v2", Time: &timestamppb.Timestamp{Seconds: -62135596800}, Height: 90, Info: "{\"binaries\":{\"any\":\"https://host/v2.zip?a=1&b=<2>\"}}"}
	upgradeMsg := &upgrade.MsgSoftwareUpgrade{Authority: auto, Plan: plan}
	planTime := proto.Clone(plan).(*upgrade.Plan)
	planTime.Time = &timestamppb.Timestamp{Seconds: 1700000000, Nanos: 120000000}
	planEpoch := proto.Clone(plan).(*upgrade.Plan)
	planEpoch.Time = &timestamppb.Timestamp{}
	planNoTime := proto.Clone(plan).(*upgrade.Plan)
	planNoTime.Time = nil
	fee := &tx.Fee{Amount: coins("500", "ufee"), GasLimit: 200000}
	govParams := &gov.Params{
		MinDeposit: coins("10000000", "stake"), MaxDepositPeriod: durationpb.New(172800e9), VotingPeriod: &durationpb.Duration{Seconds: 30, Nanos: 5},
		Quorum: "0.334000000000000000", Threshold: "0.5", VetoThreshold: "0.334", MinInitialDepositRatio: "0.0",
		ProposalCancelRatio: "0.5", ExpeditedVotingPeriod: &durationpb.Duration{Nanos: 1}, ExpeditedThreshold: "0.667",
		BurnVoteVeto: true, MinDepositRatio: "0.01"}
	all := func(b *tx.TxBody, memo string, timeout uint64) *tx.TxBody { b.Memo = memo; b.TimeoutHeight = timeout; return b }
	type c struct {
		name     string
		body     *tx.TxBody
		fee      *tx.Fee
		chain    string
		num, seq uint64
	}
	cases := []c{
		{"send", body(send), fee, "probe-1", 3, 4},
		{"first account, first transaction, empty fee", body(send), &tx.Fee{}, "probe-1", 0, 0},
		{"largest numbers", all(body(send), "", 18446744073709551615), &tx.Fee{GasLimit: 18446744073709551615}, "probe-1", 18446744073709551615, 18446744073709551615},
		{"payer, granter, timeout height", all(body(send), "memo", 77), &tx.Fee{Amount: coins("1", "afee", "500", "ufee"), GasLimit: 1, Payer: bob, Granter: auto}, "probe-1", 3, 4},
		{"memo with <>&, quotes, backslash, controls", all(body(send), "<a href=\"x\">&amp;</a> \\ / \b\f\n\r\t\x00\x01\x1f\x7f'`", 0), fee, "probe-1", 3, 4},
		{"memo with letters beyond ASCII", all(body(send), "grüße 你好 😀 \ufffd \u0085", 0), fee, "probe-1", 3, 4},
		{"memo with line and paragraph separators", all(body(send), "a\u2028b\u2029c", 0), fee, "probe-1", 3, 4},
		{"chain id with <", body(send), fee, "a<b", 3, 4},
		{"send without coins", body(&bank.MsgSend{FromAddress: alice, ToAddress: bob}), fee, "probe-1", 3, 4},
		{"send of an empty coin", body(&bank.MsgSend{FromAddress: alice, ToAddress: bob, Amount: []*base.Coin{{}}}), fee, "probe-1", 3, 4},
		{"empty send", body(&bank.MsgSend{}), fee, "probe-1", 3, 4},
		{"two messages", body(send, &gov.MsgVote{ProposalId: 1, Voter: alice, Option: 1, Metadata: "because"}), fee, "probe-1", 3, 4},
		{"multi send", body(&bank.MsgMultiSend{Inputs: []*bank.Input{{Address: alice, Coins: coins("3", "ustake")}}, Outputs: []*bank.Output{{Address: bob, Coins: coins("1", "ustake")}, {Address: auto, Coins: coins("2", "ustake")}}}), fee, "probe-1", 3, 4},
		{"empty multi send", body(&bank.MsgMultiSend{}), fee, "probe-1", 3, 4},
		{"multi send of nothing", body(&bank.MsgMultiSend{Inputs: []*bank.Input{{}}, Outputs: []*bank.Output{{}}}), fee, "probe-1", 3, 4},
		{"bank send enabled", body(&bank.MsgSetSendEnabled{Authority: auto, SendEnabled: []*bank.SendEnabled{{Denom: "a", Enabled: true}, {Denom: "b"}}, UseDefaultFor: []string{"c", ""}}), fee, "probe-1", 3, 4},
		{"bank params", body(&bank.MsgUpdateParams{Authority: auto, Params: &bank.Params{DefaultSendEnabled: true}}), fee, "probe-1", 3, 4},
		{"bank params, empty", body(&bank.MsgUpdateParams{Authority: auto, Params: &bank.Params{}}), fee, "probe-1", 3, 4},
		{"bank params, absent", body(&bank.MsgUpdateParams{Authority: auto}), fee, "probe-1", 3, 4},
		{"auth params", body(&auth.MsgUpdateParams{Authority: auto, Params: &auth.Params{MaxMemoCharacters: 256, TxSigLimit: 7, TxSizeCostPerByte: 10, SigVerifyCostEd25519: 590, SigVerifyCostSecp256K1: 1000}}), fee, "probe-1", 3, 4},
		{"staking params", body(&staking.MsgUpdateParams{Authority: auto, Params: &staking.Params{UnbondingTime: durationpb.New(1814400e9), MaxValidators: 100, MaxEntries: 7, HistoricalEntries: 10000, BondDenom: "stake", MinCommissionRate: "50000000000000000"}}), fee, "probe-1", 3, 4},
		{"staking params, empty rate", body(&staking.MsgUpdateParams{Authority: auto, Params: &staking.Params{UnbondingTime: durationpb.New(0), BondDenom: "stake"}}), fee, "probe-1", 3, 4},
		{"staking params, negative duration", body(&staking.MsgUpdateParams{Authority: auto, Params: &staking.Params{UnbondingTime: &durationpb.Duration{Seconds: -1, Nanos: -5}, MinCommissionRate: "-1"}}), fee, "probe-1", 3, 4},
		{"gov v1 submit text", body(&gov.MsgSubmitProposal{InitialDeposit: coins("10", "stake"), Proposer: alice, Metadata: "m", Title: "t", Summary: "s"}), fee, "probe-1", 3, 4},
		{"gov v1 submit empty", body(&gov.MsgSubmitProposal{}), fee, "probe-1", 3, 4},
		{"gov v1 submit software upgrade, year 1", body(&gov.MsgSubmitProposal{Messages: []*anypb.Any{pack(upgradeMsg)}, InitialDeposit: coins("10000000", "stake"), Proposer: alice, Title: "Upgrade", Summary: "s", Expedited: true}), fee, "probe-1", 3, 4},
		{"gov v1 submit software upgrade with a time", body(&gov.MsgSubmitProposal{Messages: []*anypb.Any{pack(&upgrade.MsgSoftwareUpgrade{Authority: auto, Plan: planTime})}, Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1 submit software upgrade at the epoch", body(&gov.MsgSubmitProposal{Messages: []*anypb.Any{pack(&upgrade.MsgSoftwareUpgrade{Authority: auto, Plan: planEpoch})}, Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1 submit software upgrade without time", body(&gov.MsgSubmitProposal{Messages: []*anypb.Any{pack(&upgrade.MsgSoftwareUpgrade{Authority: auto, Plan: planNoTime})}, Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1 submit software upgrade without plan", body(&gov.MsgSubmitProposal{Messages: []*anypb.Any{pack(&upgrade.MsgSoftwareUpgrade{Authority: auto})}, Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1 submit several, nested twice", body(&gov.MsgSubmitProposal{Messages: []*anypb.Any{pack(&upgrade.MsgCancelUpgrade{Authority: auto}), pack(&bank.MsgSend{FromAddress: auto, ToAddress: bob, Amount: coins("1", "stake")}), pack(&gov.MsgSubmitProposal{Messages: []*anypb.Any{pack(send)}, Proposer: auto})}, Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1 legacy content", body(&gov.MsgSubmitProposal{Messages: []*anypb.Any{pack(&gov.MsgExecLegacyContent{Content: pack(&govbeta.TextProposal{Title: "t", Description: "d"}), Authority: auto})}, Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1 legacy content, absent", body(&gov.MsgExecLegacyContent{Authority: auto}), fee, "probe-1", 3, 4},
		{"gov v1 vote, nothing set", body(&gov.MsgVote{}), fee, "probe-1", 3, 4},
		{"gov v1 vote, unknown option", body(&gov.MsgVote{ProposalId: 1, Voter: alice, Option: 99}), fee, "probe-1", 3, 4},
		{"gov v1 weighted vote", body(&gov.MsgVoteWeighted{ProposalId: 1, Voter: alice, Options: []*gov.WeightedVoteOption{{Option: 1, Weight: "0.7"}, {Option: 3, Weight: "0.300000000000000000"}, {}}}), fee, "probe-1", 3, 4},
		{"gov v1 deposit", body(&gov.MsgDeposit{ProposalId: 1, Depositor: alice, Amount: coins("5", "stake")}), fee, "probe-1", 3, 4},
		{"gov v1 deposit of nothing", body(&gov.MsgDeposit{Depositor: alice}), fee, "probe-1", 3, 4},
		{"gov v1 cancel", body(&gov.MsgCancelProposal{ProposalId: 1, Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1 params", body(&gov.MsgUpdateParams{Authority: auto, Params: govParams}), fee, "probe-1", 3, 4},
		{"gov v1 params, empty", body(&gov.MsgUpdateParams{Authority: auto, Params: &gov.Params{}}), fee, "probe-1", 3, 4},
		{"gov v1beta1 submit text", body(&govbeta.MsgSubmitProposal{Content: pack(&govbeta.TextProposal{Title: "t", Description: "d"}), InitialDeposit: coins("10", "stake"), Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1beta1 submit nothing", body(&govbeta.MsgSubmitProposal{Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1beta1 submit software upgrade", body(&govbeta.MsgSubmitProposal{Content: pack(&upgrade.SoftwareUpgradeProposal{Title: "t", Description: "d", Plan: plan}), InitialDeposit: coins("10", "stake"), Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1beta1 submit cancel upgrade", body(&govbeta.MsgSubmitProposal{Content: pack(&upgrade.CancelSoftwareUpgradeProposal{Title: "t", Description: "d"}), Proposer: alice}), fee, "probe-1", 3, 4},
		{"gov v1beta1 vote", body(&govbeta.MsgVote{ProposalId: 1, Voter: alice, Option: 4}), fee, "probe-1", 3, 4},
		{"gov v1beta1 vote, nothing set", body(&govbeta.MsgVote{}), fee, "probe-1", 3, 4},
		{"gov v1beta1 weighted vote", body(&govbeta.MsgVoteWeighted{ProposalId: 1, Voter: alice, Options: []*govbeta.WeightedVoteOption{{Option: 1, Weight: "700000000000000000"}, {Option: 3, Weight: "300000000000000000"}, {}}}), fee, "probe-1", 3, 4},
		{"gov v1beta1 weighted vote, weight that is no number", body(&govbeta.MsgVoteWeighted{ProposalId: 1, Voter: alice, Options: []*govbeta.WeightedVoteOption{{Option: 1, Weight: "0.7"}}}), fee, "probe-1", 3, 4},
		{"gov v1beta1 weighted vote without options", body(&govbeta.MsgVoteWeighted{ProposalId: 1, Voter: alice}), fee, "probe-1", 3, 4},
		{"gov v1beta1 deposit of nothing", body(&govbeta.MsgDeposit{Depositor: alice}), fee, "probe-1", 3, 4},
		{"software upgrade", body(upgradeMsg), fee, "probe-1", 3, 4},
		{"cancel upgrade", body(&upgrade.MsgCancelUpgrade{Authority: auto}), fee, "probe-1", 3, 4},
		{"cancel upgrade, nothing set", body(&upgrade.MsgCancelUpgrade{}), fee, "probe-1", 3, 4},
	}
	h := aminojson.NewSignModeHandler(aminojson.SignModeHandlerOptions{})
	var out []vector
	for _, k := range cases {
		info := &tx.AuthInfo{Fee: k.fee}
		bb, err := proto.MarshalOptions{Deterministic: true}.Marshal(k.body)
		if err != nil {
			panic(err)
		}
		ab, err := proto.MarshalOptions{Deterministic: true}.Marshal(info)
		if err != nil {
			panic(err)
		}
		bytes, err := h.GetSignBytes(context.Background(), signing.SignerData{Address: alice, ChainID: k.chain, AccountNumber: k.num, Sequence: k.seq},
			signing.TxData{Body: k.body, AuthInfo: info, BodyBytes: bb, AuthInfoBytes: ab})
		v := vector{Name: k.name, Body: hex.EncodeToString(bb), AuthInfo: hex.EncodeToString(ab), ChainID: k.chain,
			AccountNumber: jsonNumber(k.num), Sequence: jsonNumber(k.seq), SignBytes: string(bytes)}
		if err != nil {
			v.Error = err.Error()
		}
		out = append(out, v)
	}
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		panic(err)
	}
}

func jsonNumber(n uint64) string {
	b, _ := json.Marshal(n)
	return string(b)
}
