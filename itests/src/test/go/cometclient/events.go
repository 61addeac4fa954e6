package main

import (
	"errors"
	"fmt"
	"time"

	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	"github.com/cometbft/cometbft/types"
)

func (c *checks) events() {
	check("Start of the WebSocket", c.client.Start)
	if !c.client.IsRunning() {
		return
	}
	defer func() { check("Stop of the WebSocket", c.client.Stop) }()
	c.everyHeightOnce()
	c.rounds()
	c.transaction()
	c.refusals()
}

func (c *checks) everyHeightOnce() {
	check("NewBlock, every height once and whole", func() error {
		return c.hear("tm.event='NewBlock'", func(events <-chan ctypes.ResultEvent) error {
			var last int64
			for i := 0; i < 4; i++ {
				event, err := next(events)
				if err != nil {
					return err
				}
				data, ok := event.Data.(types.EventDataNewBlock)
				if !ok {
					return fmt.Errorf("%T", event.Data)
				}
				if err := data.Block.ValidateBasic(); err != nil {
					return err
				}
				if last != 0 && data.Block.Height != last+1 {
					return fmt.Errorf("height %d after %d", data.Block.Height, last)
				}
				last = data.Block.Height
				if err := all(data.BlockID.Hash.String() == data.Block.Hash().String(),
					len(data.ResultFinalizeBlock.AppHash) == 32); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func (c *checks) rounds() {
	for query, is := range map[string]func(types.TMEventData) bool{
		"NewBlockHeader": func(d types.TMEventData) bool {
			e, ok := d.(types.EventDataNewBlockHeader)
			return ok && e.Header.Height > 0
		},
		"NewBlockEvents": func(d types.TMEventData) bool { e, ok := d.(types.EventDataNewBlockEvents); return ok && e.Height > 0 },
		"NewRound": func(d types.TMEventData) bool {
			e, ok := d.(types.EventDataNewRound)
			return ok && len(e.Proposer.Address) == 20
		},
		"NewRoundStep": func(d types.TMEventData) bool { e, ok := d.(types.EventDataRoundState); return ok && e.Step != "" },
		"CompleteProposal": func(d types.TMEventData) bool {
			e, ok := d.(types.EventDataCompleteProposal)
			return ok && e.BlockID.IsComplete()
		},
		"Vote": c.isSigned,
	} {
		check(query, func() error {
			return c.hear("tm.event='"+query+"'", func(events <-chan ctypes.ResultEvent) error {
				event, err := next(events)
				return first(err, func() error { return all(is(event.Data), event.Events["tm.event"][0] == query) })
			})
		})
	}
}

// isSigned is whether a vote has the signature of the validator at its index.
func (c *checks) isSigned(data types.TMEventData) bool {
	event, ok := data.(types.EventDataVote)
	if !ok {
		return false
	}
	set, err := c.client.Validators(c.ctx, &event.Vote.Height, nil, nil)
	if err != nil {
		return false
	}
	key := set.Validators[event.Vote.ValidatorIndex].PubKey
	return event.Vote.Verify(c.wallet.chainID, key) == nil
}

func (c *checks) transaction() {
	check("Tx by its events", func() error {
		tx := types.Tx(c.wallet.transfer("subscribed"))
		query := fmt.Sprintf("tm.event='Tx' AND tx.hash='%X' AND transfer.sender='%s' AND message.action EXISTS",
			tx.Hash(), address)
		return c.hear(query, func(events <-chan ctypes.ResultEvent) error {
			if _, err := c.client.BroadcastTxSync(c.ctx, tx); err != nil {
				return err
			}
			event, err := next(events)
			if err != nil {
				return err
			}
			data, ok := event.Data.(types.EventDataTx)
			return all(ok, string(data.Tx) == string(tx), data.Result.Code == 0, len(data.Result.Events) > 0,
				event.Events["tx.height"][0] == fmt.Sprint(data.Height))
		})
	})
}

func (c *checks) refusals() {
	check("Unsubscribe", func() error {
		return first(c.hear("tm.event='NewRound' AND a.b=1", func(<-chan ctypes.ResultEvent) error { return nil }),
			func() error {
				return c.hear("tm.event='NewRound' AND a.b=1", func(<-chan ctypes.ResultEvent) error { return nil })
			})
	})
	check("UnsubscribeAll", func() error {
		if _, err := c.client.Subscribe(c.ctx, "test", "tm.event='Polka'"); err != nil {
			return err
		}
		return c.client.UnsubscribeAll(c.ctx, "test")
	})
}

// hear subscribes, lets run take what comes, and unsubscribes.
func (c *checks) hear(query string, run func(<-chan ctypes.ResultEvent) error) error {
	events, err := c.client.Subscribe(c.ctx, "test", query, 100)
	if err != nil {
		return err
	}
	if err := run(events); err != nil {
		return err
	}
	return c.client.Unsubscribe(c.ctx, "test", query)
}

func next(events <-chan ctypes.ResultEvent) (ctypes.ResultEvent, error) {
	select {
	case event := <-events:
		return event, nil
	case <-time.After(limit):
		return ctypes.ResultEvent{}, errors.New("nothing came")
	}
}
