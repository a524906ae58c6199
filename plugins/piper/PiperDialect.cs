namespace Aico.Plugins.Piper;

/// <summary>The three servers that share Piper's name and port.</summary>
internal enum PiperDialect
{
    /// <summary>rhasspy/piper: the bare text is posted to the root; there are no voices to choose from.</summary>
    Plain,

    /// <summary>piper1-gpl before 1.5: JSON is posted to the root.</summary>
    Root,

    /// <summary>piper1-gpl from 1.5: JSON is posted to /synthesize.</summary>
    Synthesize,
}
