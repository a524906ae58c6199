using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.Calls;
using Aico.Testing.LiveKit;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class TelephoneTests
{
    private static readonly Dictionary<string, string> Attributes = new()
    {
        ["sip.callStatus"] = "active",
        ["sip.phoneNumber"] = "+15550100",
        ["sip.trunkPhoneNumber"] = "+15550200",
    };

    private RoomHarness _h = null!;

    [SetUp]
    public void Open() => _h = new RoomHarness();

    [TearDown]
    public void Close() => _h.Dispose();

    [Test]
    public void Tells_the_instructions_who_calls()
    {
        _h.Agent = _h.Agent with { Instructions = "{{caller.phone}} calls {{ caller.trunkPhone }}{{caller.callId}}. {{other}}" };
        Rings();
        Asks("hi");

        _h.LanguageModel.Requests[0][0].Text.Should().Be("+15550100 calls +15550200. {{other}}");
    }

    [Test]
    public void Tells_the_tools_who_calls_and_what_was_pressed()
    {
        IDictionary<object, object?>? seen = null;
        _h.Agent = _h.Agent with { Tools = [new ContextTool(context => seen = context)] };
        _h.LanguageModel.Says(new ScriptedLanguageModel.Answer("", ScriptedLanguageModel.Call("look")), new ScriptedLanguageModel.Answer("Done."));
        Rings();
        _h.RunUntil(1);
        Presses("4", "2", "#");
        _h.RunUntil(4);

        seen.Should().Contain("caller.phone", "+15550100").And.Contain("caller.keys", "42#");
    }

    [Test]
    public void Takes_keys_for_a_turn_that_ends_with_the_hash_key()
    {
        Rings();
        _h.RunUntil(1);
        Presses("1", "2", "3", "#");
        _h.RunUntil(1.5);

        _h.Told().Should().Equal("user: [keys] 123#");
    }

    [Test]
    public void Takes_keys_for_a_turn_that_ends_when_no_more_come()
    {
        Rings();
        _h.RunUntil(1);
        Presses("7");
        _h.RunUntil(2);
        Presses("8");
        _h.RunUntil(3.9);
        _h.LanguageModel.Requests.Should().BeEmpty();
        _h.RunUntil(4.1);

        _h.Told().Should().Equal("user: [keys] 78");
    }

    [Test]
    public void Takes_no_keys_of_others()
    {
        Rings();
        _h.Room.Joins("other");
        _h.RunUntil(1);
        _h.Room.Raise(new RoomEvent.DtmfReceived("other", 11, "#"));
        _h.RunUntil(4);

        _h.LanguageModel.Requests.Should().BeEmpty();
    }

    [Test]
    public void Presses_keys_with_gaps_that_exchanges_understand()
    {
        Calls("send_dtmf", "digits", "1#");
        Rings();
        Asks("press one");

        _h.Room.SentKeys.Select(key => key.Digit).Should().Equal("1", "#");
        (_h.Room.SentKeys[1].At - _h.Room.SentKeys[0].At).Should().Be(TimeSpan.FromMilliseconds(300));
    }

    [TestCase("+1 555 0300", "tel:+15550300")]
    [TestCase("sip:desk@example.org", "sip:desk@example.org")]
    public void Transfers_the_caller(string to, string address)
    {
        Calls("transfer_call", "to", to);
        Rings();
        Asks("a person please");

        _h.Administration.Transfers.Should().Equal(("phone", address));
    }

    [Test]
    public void Transfers_only_to_where_it_is_allowed()
    {
        _h.Settings = _h.Settings with { TransferTargets = ["+15550300"] };
        Calls("transfer_call", "to", "+15559999");
        Rings();
        Asks("a person please");

        _h.Administration.Transfers.Should().BeEmpty();
        _h.Turns[0].ToolCalls.Should().ContainSingle().Which.Error.Should().Contain("+15550300");
    }

    [Test]
    public void Hands_the_caller_on_when_too_much_has_failed()
    {
        _h.Agent = _h.Agent with { FailureEnding = FailureEnding.Transfer, FailureTransferTo = "+1 555 0300", MaximumFailedTurns = 1 };
        for (var i = 0; i < 5; i++)
        {
            _h.LanguageModel.Failures.Enqueue(new Aico.Abstractions.ProviderException(Aico.Abstractions.ProviderFailure.Unauthorized, "wrong key"));
        }

        Rings();
        Asks("hi");
        _h.RunUntil(30);

        _h.Turns[^1].HeardText.Should().Be(_h.Agent.FailureGoodbye);
        _h.Administration.Transfers.Should().Equal(("phone", "tel:+15550300"));
    }

    [Test]
    public void Has_no_tools_of_telephones_for_other_callers()
    {
        _h.Room.Joins("me");
        Asks("hi", "me");

        _h.LanguageModel.Options!.Tools!.Select(tool => tool.Name).Should().Equal("end_call");
    }

    private void Rings() => _h.Room.Joins("phone", ParticipantKind.Sip, attributes: Attributes);

    private void Asks(string text, string who = "phone")
    {
        _h.RunUntil(1);
        _h.Room.Types(who, text);
        _h.RunUntil(5);
    }

    private void Presses(params string[] keys)
    {
        foreach (var key in keys)
        {
            _h.Room.Raise(new RoomEvent.DtmfReceived("phone", 0, key));
        }
    }

    private void Calls(string tool, string argument, string value) => _h.LanguageModel.Says(
        new ScriptedLanguageModel.Answer("", ScriptedLanguageModel.Call(tool, arguments: new Dictionary<string, object?> { [argument] = value })),
        new ScriptedLanguageModel.Answer("Done."));

    private sealed class ContextTool(Action<IDictionary<object, object?>?> see) : AIFunction
    {
        public override string Name => "look";

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            see(arguments.Context);
            return ValueTask.FromResult<object?>("seen");
        }
    }
}
