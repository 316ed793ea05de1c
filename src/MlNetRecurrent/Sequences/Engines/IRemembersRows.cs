namespace MlNetRecurrent.Sequences.Engines;

/// <summary>A transformer that remembers the rows that it is fed one by one.</summary>
internal interface IRemembersRows
{
    /// <summary>The same transformer; what its mappers remember is registered in <paramref name="memories"/>.</summary>
    ITransformer RegisterIn(List<IRowMemory> memories);
}
