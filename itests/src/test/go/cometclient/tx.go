package main

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"github.com/cometbft/cometbft/crypto/secp256k1"
	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
)

// The account of the private key 0x11...11; the chain's genesis has to fund it.
const address = "cosmos1l3e9pgs3mmwuwrh95fecme0s0qtn2880f2jmfe"

type wallet struct {
	key           secp256k1.PrivKey
	chainID       string
	accountNumber uint64
	sequence      uint64
}

func openWallet(ctx context.Context, c *rpchttp.HTTP) (*wallet, error) {
	key := make([]byte, 32)
	for i := range key {
		key[i] = 0x11
	}
	status, err := c.Status(ctx)
	if err != nil {
		return nil, err
	}
	answer, err := c.ABCIQuery(ctx, "/cosmos.auth.v1beta1.Query/Account", text(1, address))
	if err != nil {
		return nil, err
	}
	if answer.Response.Code != 0 {
		return nil, fmt.Errorf("account %s: %s", address, answer.Response.Log)
	}
	account := field(field(answer.Response.Value, 1), 2)
	return &wallet{
		key:           key,
		chainID:       status.NodeInfo.Network,
		accountNumber: number(account, 3),
		sequence:      number(account, 4),
	}, nil
}

// transfer is a signed transaction that sends a coin to its sender; each has the next sequence.
func (w *wallet) transfer(memo string) []byte {
	coin := join(text(1, "stake"), text(2, "1"))
	send := join(text(1, address), text(2, address), bytes(3, coin))
	body := join(bytes(1, anyOf("/cosmos.bank.v1beta1.MsgSend", send)), text(2, memo))
	signer := join(
		bytes(1, anyOf("/cosmos.crypto.secp256k1.PubKey", bytes(1, w.key.PubKey().Bytes()))),
		bytes(2, bytes(1, varint(1, 1))),
		varint(3, w.sequence))
	auth := join(bytes(1, signer), bytes(2, varint(2, 200000)))
	doc := join(bytes(1, body), bytes(2, auth), text(3, w.chainID), varint(4, w.accountNumber))
	signature, err := w.key.Sign(doc)
	if err != nil {
		panic(err)
	}
	w.sequence++
	return join(bytes(1, body), bytes(2, auth), bytes(3, signature))
}

func anyOf(url string, value []byte) []byte { return join(text(1, url), bytes(2, value)) }

func text(field int, value string) []byte { return bytes(field, []byte(value)) }

func bytes(field int, value []byte) []byte {
	out := binary.AppendUvarint(nil, uint64(field<<3|2))
	return append(binary.AppendUvarint(out, uint64(len(value))), value...)
}

func varint(field int, value uint64) []byte {
	if value == 0 {
		return nil
	}
	return binary.AppendUvarint(binary.AppendUvarint(nil, uint64(field<<3)), value)
}

func join(parts ...[]byte) []byte {
	var out []byte
	for _, part := range parts {
		out = append(out, part...)
	}
	return out
}

// field is the last value of a length-delimited field of a message; empty where it has none.
func field(message []byte, wanted int) []byte {
	var found []byte
	each(message, func(field int, value uint64, data []byte) {
		if field == wanted {
			found = data
		}
	})
	return found
}

func number(message []byte, wanted int) uint64 {
	var found uint64
	each(message, func(field int, value uint64, data []byte) {
		if field == wanted {
			found = value
		}
	})
	return found
}

func each(message []byte, take func(field int, value uint64, data []byte)) {
	for len(message) > 0 {
		key, n := binary.Uvarint(message)
		message = message[n:]
		value, n := binary.Uvarint(message)
		if n <= 0 {
			panic("no protobuf: " + hex.EncodeToString(message))
		}
		message = message[n:]
		if key&7 == 2 {
			take(int(key>>3), 0, message[:value])
			message = message[value:]
		} else {
			take(int(key>>3), value, nil)
		}
	}
}
