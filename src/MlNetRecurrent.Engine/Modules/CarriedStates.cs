namespace MlNetRecurrent.Engine.Modules;

/// <summary>The states that the sequences of a batch carry from one time window to the next, layer by layer.</summary>
internal sealed unsafe class CarriedStates<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private PinnedBuffer<T> _states = new(0);

    private delegate void Carrier(Module<L, T> layer, int sequence, T* carried);

    /// <summary>Stores the final state of each sequence.</summary>
    public void Keep(Module<L, T>[] layers, int sequences)
    {
        nint needed = (nint)sequences * layers.Sum(layer => layer.StateSize);
        if (_states.Length < needed)
            _states = new(needed);
        Carry(layers, sequences, static (layer, sequence, carried) => layer.CopyFinalState(sequence, carried));
    }

    /// <summary>Sets the initial state of each sequence to the stored one.</summary>
    public void Restore(Module<L, T>[] layers, int sequences) =>
        Carry(layers, sequences, static (layer, sequence, carried) => layer.SetInitialState(sequence, carried));

    private void Carry(Module<L, T>[] layers, int sequences, Carrier carry)
    {
        T* next = _states.Pointer;
        foreach (Module<L, T> layer in layers)
        {
            for (int sequence = 0; sequence < sequences; sequence++, next += layer.StateSize)
                carry(layer, sequence, next);
        }
        GC.KeepAlive(this);
    }
}
