using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>The built-in tool with which the language model ends the call, once its answer was played.</summary>
internal static class EndCallTool
{
    public const string Name = "end_call";

    public static AIFunction Create(Action end) => AIFunctionFactory.Create(
        [Description("Ends the call after the words of this answer were spoken. Use it when the caller says goodbye or asks to hang up.")]
    () =>
        {
            end();
            return "The call ends when you have finished speaking.";
        },
        new AIFunctionFactoryOptions { Name = Name });
}
