// Asks a node everything that CometBFT's own Go client can ask, over HTTP and WebSocket, and prints
// a line for each check: "ok <name>" or "FAIL <name>: <why>". Usage: cometclient http://127.0.0.1:26657
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	rpcclient "github.com/cometbft/cometbft/rpc/client"
	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	"github.com/cometbft/cometbft/types"
)

const limit = 30 * time.Second

var failed = 0

func check(name string, run func() error) {
	if err := run(); err != nil {
		failed++
		fmt.Printf("FAIL %s: %v\n", name, err)
	} else {
		fmt.Printf("ok %s\n", name)
	}
}

func main() {
	client, err := rpchttp.New(os.Args[1], "/websocket")
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	w, err := openWallet(ctx, client)
	if err != nil {
		fmt.Println("FAIL wallet:", err)
		os.Exit(1)
	}
	h := &checks{ctx: ctx, client: client, wallet: w}
	h.transactions()
	h.blocks()
	h.searches()
	h.node()
	h.errors()
	h.batch()
	h.events()
	if failed > 0 {
		os.Exit(1)
	}
}

type checks struct {
	ctx    context.Context
	client *rpchttp.HTTP
	wallet *wallet
	tx     types.Tx
	height int64
}

func (c *checks) transactions() {
	check("BroadcastTxCommit", func() error {
		c.tx = c.wallet.transfer("commit")
		res, err := c.client.BroadcastTxCommit(c.ctx, c.tx)
		if err != nil {
			return err
		}
		c.height = res.Height
		return all(res.CheckTx.Code == 0, res.TxResult.Code == 0, res.Height > 0,
			string(res.Hash) == string(c.tx.Hash()))
	})
	check("BroadcastTxSync", func() error {
		res, err := c.client.BroadcastTxSync(c.ctx, c.wallet.transfer("sync"))
		return first(err, func() error { return all(res.Code == 0, len(res.Hash) == 32) })
	})
	check("BroadcastTxAsync", func() error {
		tx := types.Tx(c.wallet.transfer("async"))
		res, err := c.client.BroadcastTxAsync(c.ctx, tx)
		if err != nil {
			return err
		}
		return first(all(res.Code == 0), func() error { return c.awaitTx(tx) })
	})
	check("BroadcastTxSync refused", func() error {
		res, err := c.client.BroadcastTxSync(c.ctx, types.Tx("no transaction"))
		return first(err, func() error { return all(res.Code != 0, res.Codespace == "sdk") })
	})
	check("BroadcastTxSync known", func() error {
		_, err := c.client.BroadcastTxSync(c.ctx, c.tx)
		return hasText(err, "tx already exists in cache")
	})
	check("CheckTx", func() error {
		res, err := c.client.CheckTx(c.ctx, types.Tx("no transaction"))
		return first(err, func() error { return all(res.Code != 0) })
	})
	check("UnconfirmedTxs", func() error {
		ten := 10
		res, err := c.client.UnconfirmedTxs(c.ctx, &ten)
		return first(err, func() error { return all(res.Count == len(res.Txs)) })
	})
	check("UnconfirmedTxs without limit", func() error {
		_, err := c.client.UnconfirmedTxs(c.ctx, nil)
		return err
	})
	check("NumUnconfirmedTxs", func() error {
		res, err := c.client.NumUnconfirmedTxs(c.ctx)
		return first(err, func() error { return all(res.Count >= 0, res.TotalBytes >= 0) })
	})
	check("Tx", func() error {
		res, err := c.client.Tx(c.ctx, c.tx.Hash(), true)
		if err != nil {
			return err
		}
		block, err := c.client.Block(c.ctx, &res.Height)
		if err != nil {
			return err
		}
		return first(all(res.Height == c.height, string(res.Tx) == string(c.tx)),
			func() error { return res.Proof.Validate(block.Block.DataHash) })
	})
}

func (c *checks) awaitTx(tx types.Tx) error {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if _, err := c.client.Tx(c.ctx, tx.Hash(), false); err == nil {
			return nil
		}
	}
	return errors.New("in no block")
}

func (c *checks) blocks() {
	var block *ctypes.ResultBlock
	check("Block", func() (err error) {
		block, err = c.client.Block(c.ctx, &c.height)
		return first(err, func() error {
			return all(block.Block.Height == c.height, block.Block.Hash().String() == block.BlockID.Hash.String(),
				len(block.Block.Txs) > 0)
		})
	})
	check("Block newest", func() error {
		res, err := c.client.Block(c.ctx, nil)
		return first(err, func() error { return res.Block.ValidateBasic() })
	})
	check("BlockByHash", func() error {
		res, err := c.client.BlockByHash(c.ctx, block.BlockID.Hash)
		return first(err, func() error { return all(res.Block != nil, res.Block.Height == c.height) })
	})
	check("BlockByHash unknown", func() error {
		res, err := c.client.BlockByHash(c.ctx, make([]byte, 32))
		return first(err, func() error { return all(res.Block == nil, res.BlockID.IsZero()) })
	})
	check("Header", func() error {
		res, err := c.client.Header(c.ctx, &c.height)
		return first(err, func() error { return all(res.Header.Hash().String() == block.BlockID.Hash.String()) })
	})
	check("HeaderByHash", func() error {
		res, err := c.client.HeaderByHash(c.ctx, block.BlockID.Hash.Bytes())
		return first(err, func() error { return all(res.Header != nil, res.Header.Height == c.height) })
	})
	check("HeaderByHash unknown", func() error {
		res, err := c.client.HeaderByHash(c.ctx, make([]byte, 32))
		return first(err, func() error { return all(res.Header == nil) })
	})
	check("BlockResults", func() error {
		res, err := c.client.BlockResults(c.ctx, &c.height)
		return first(err, func() error {
			return all(res.Height == c.height, len(res.TxsResults) == len(block.Block.Txs), len(res.AppHash) == 32)
		})
	})
	check("Commit", func() error {
		res, err := c.client.Commit(c.ctx, &c.height)
		if err != nil {
			return err
		}
		set, err := c.client.Validators(c.ctx, &c.height, nil, nil)
		if err != nil {
			return err
		}
		return types.NewValidatorSet(set.Validators).VerifyCommit(
			res.Header.ChainID, res.Commit.BlockID, c.height, res.Commit)
	})
	check("Commit newest", func() error {
		res, err := c.client.Commit(c.ctx, nil)
		return first(err, func() error { return all(!res.CanonicalCommit, res.Commit != nil) })
	})
	check("Validators", func() error {
		one, many := 1, 100
		res, err := c.client.Validators(c.ctx, nil, &one, &many)
		return first(err, func() error { return all(res.Count == 1, res.Total == 1, res.BlockHeight > 0) })
	})
	check("BlockchainInfo", func() error {
		res, err := c.client.BlockchainInfo(c.ctx, 1, 3)
		return first(err, func() error {
			return all(len(res.BlockMetas) == 3, res.BlockMetas[0].Header.Height == 3, res.LastHeight >= c.height)
		})
	})
	check("ConsensusParams", func() error {
		res, err := c.client.ConsensusParams(c.ctx, &c.height)
		return first(err, func() error { return res.ConsensusParams.ValidateBasic() })
	})
}

func (c *checks) searches() {
	find := func(query, order string) (*ctypes.ResultTxSearch, error) {
		one, many := 1, 100
		return c.client.TxSearch(c.ctx, query, true, &one, &many, order)
	}
	check("TxSearch by hash", func() error {
		res, err := find(fmt.Sprintf("tx.hash='%X'", c.tx.Hash()), "")
		return first(err, func() error { return all(res.TotalCount == 1, res.Txs[0].Height == c.height) })
	})
	check("TxSearch by event", func() error {
		res, err := find("transfer.sender='"+address+"' AND tx.height>0", "desc")
		return first(err, func() error { return all(res.TotalCount >= 2, res.Txs[0].Height >= res.Txs[1].Height) })
	})
	check("TxSearch exists and contains", func() error {
		res, err := find("message.action CONTAINS 'MsgSend' AND transfer.sender EXISTS", "asc")
		return first(err, func() error { return all(res.TotalCount == 0) })
	})
	check("TxSearch nothing", func() error {
		res, err := find("transfer.sender='nobody'", "asc")
		return first(err, func() error { return all(res.TotalCount == 0, len(res.Txs) == 0) })
	})
	check("BlockSearch by height", func() error {
		one, two := 1, 2
		res, err := c.client.BlockSearch(c.ctx, "block.height <= 3", &one, &two, "")
		return first(err, func() error {
			return all(res.TotalCount == 3, len(res.Blocks) == 2, res.Blocks[0].Block.Height == 3)
		})
	})
	check("BlockSearch by event", func() error {
		_, err := c.client.BlockSearch(c.ctx, "mint.amount EXISTS AND block.height > 1", nil, nil, "asc")
		return err
	})
}

func (c *checks) node() {
	check("Status", func() error {
		res, err := c.client.Status(c.ctx)
		return first(err, func() error { return all(res.TxIndexEnabled(), res.SyncInfo.LatestBlockHeight >= c.height) })
	})
	check("Health", func() error { _, err := c.client.Health(c.ctx); return err })
	check("NetInfo", func() error {
		res, err := c.client.NetInfo(c.ctx)
		return first(err, func() error { return all(res.NPeers == 0, len(res.Peers) == 0) })
	})
	check("ABCIInfo", func() error {
		res, err := c.client.ABCIInfo(c.ctx)
		return first(err, func() error { return all(res.Response.LastBlockHeight >= c.height) })
	})
	check("ABCIQueryWithOptions", func() error {
		res, err := c.client.ABCIQueryWithOptions(c.ctx, "/store/acc/key", []byte{1},
			rpcclient.ABCIQueryOptions{Height: c.height, Prove: true})
		return first(err, func() error { return all(res.Response.Height == c.height, res.Response.ProofOps != nil) })
	})
	check("Genesis", func() error {
		res, err := c.client.Genesis(c.ctx)
		return first(err, func() error { return all(res.Genesis.ChainID == c.wallet.chainID) })
	})
	check("GenesisChunked", func() error {
		res, err := c.client.GenesisChunked(c.ctx, 0)
		return first(err, func() error { return all(res.ChunkNumber == 0, res.TotalChunks == 1, len(res.Data) > 100) })
	})
	check("ConsensusState", func() error {
		res, err := c.client.ConsensusState(c.ctx)
		return first(err, func() error { return all(strings.Contains(string(res.RoundState), "height/round/step")) })
	})
	check("DumpConsensusState", func() error {
		res, err := c.client.DumpConsensusState(c.ctx)
		return first(err, func() error { return all(strings.Contains(string(res.RoundState), "last_commit")) })
	})
}

func (c *checks) errors() {
	check("Block in the future", func() error {
		future := int64(1 << 40)
		_, err := c.client.Block(c.ctx, &future)
		return hasText(err, "must be less than or equal to the current blockchain height")
	})
	check("Tx unknown", func() error {
		_, err := c.client.Tx(c.ctx, make([]byte, 32), false)
		return hasText(err, "not found")
	})
	check("TxSearch malformed", func() error {
		_, err := c.client.TxSearch(c.ctx, "foo bar", false, nil, nil, "")
		return hasText(err, "offset 4: got tag, wanted <= operator")
	})
	check("TxSearch page beyond", func() error {
		page := 99
		_, err := c.client.TxSearch(c.ctx, "tx.height=1", false, &page, nil, "")
		return hasText(err, "page should be within [1, 1] range, given 99")
	})
	check("BroadcastEvidence", func() error {
		val := types.NewValidator(ed25519.GenPrivKey().PubKey(), 10)
		vote := func(hash string) *types.Vote {
			return &types.Vote{Type: 2, Height: 1, ValidatorAddress: val.Address, Signature: []byte("s"),
				BlockID: types.BlockID{Hash: []byte(strings.Repeat(hash, 32)), PartSetHeader: types.PartSetHeader{Total: 1, Hash: []byte(strings.Repeat(hash, 32))}}}
		}
		ev, err := types.NewDuplicateVoteEvidence(vote("a"), vote("b"), time.Now(), types.NewValidatorSet([]*types.Validator{val}))
		if err != nil {
			return err
		}
		_, err = c.client.BroadcastEvidence(c.ctx, ev)
		return hasText(err, "failed to add evidence")
	})
}

func (c *checks) batch() {
	check("Batch", func() error {
		batch := c.client.NewBatch()
		if _, err := batch.Status(c.ctx); err != nil {
			return err
		}
		if _, err := batch.Block(c.ctx, &c.height); err != nil {
			return err
		}
		results, err := batch.Send(c.ctx)
		return first(err, func() error { return all(len(results) == 2, batch.Count() == 0) })
	})
}

// first is err, and what then comes where there is none.
func first(err error, then func() error) error {
	if err != nil {
		return err
	}
	return then()
}

func all(conditions ...bool) error {
	for i, condition := range conditions {
		if !condition {
			return fmt.Errorf("condition %d does not hold", i+1)
		}
	}
	return nil
}

func hasText(err error, text string) error {
	if err == nil {
		return errors.New("no error")
	}
	if !strings.Contains(err.Error(), text) {
		return fmt.Errorf("another error: %w", err)
	}
	return nil
}
