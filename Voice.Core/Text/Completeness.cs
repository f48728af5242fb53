namespace Voice.Core.Text;

/// <summary>How finished the words of a speaker look, from a transcript that may be wrong. Ordered.</summary>
internal enum Completeness
{
    /// <summary>The last word promises another.</summary>
    Unfinished,

    /// <summary>The words do not tell, or there are none yet.</summary>
    Open,

    /// <summary>A whole sentence, that could still go on.</summary>
    Likely,

    /// <summary>An answer, a courtesy, a closed sentence: hardly anybody goes on here.</summary>
    Finished,
}
