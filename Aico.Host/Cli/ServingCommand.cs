using System.CommandLine;

namespace Aico.Host.Cli;

/// <summary>A command that handles the signals of its process itself, since it has something to bring to its end.</summary>
internal sealed class ServingCommand(string name, string description) : Command(name, description);
