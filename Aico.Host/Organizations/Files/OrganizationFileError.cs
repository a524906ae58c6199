namespace Aico.Host.Organizations.Files;

/// <summary>One thing that is wrong with an organization's file. Never holds a value: a secret may stand in the wrong place.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) of the place; empty for the file as a whole.</param>
/// <param name="Line">From 1; 0 where the file could not be read at all.</param>
/// <param name="Column">In characters, from 1; 0 where the file could not be read at all.</param>
/// <param name="Message">What is wrong and what would be right, as a sentence.</param>
internal sealed record OrganizationFileError(string Pointer, int Line, int Column, string Message)
{
    /// <summary>As compilers say it, so that editors and terminals find the place.</summary>
    public string At(string file) => Line == 0 ? $"{file}: {Message}" : $"{file}({Line},{Column}): {(Pointer.Length == 0 ? "" : $"{Pointer}: ")}{Message}";
}
