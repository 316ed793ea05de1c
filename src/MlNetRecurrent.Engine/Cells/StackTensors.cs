namespace MlNetRecurrent.Engine.Cells;

/// <summary>The weights of a stack layer by name: U (ih), R (hh), P (sh), A (sa) and D (sv) of the paper, and biases.</summary>
internal static class StackTensors
{
    /// <param name="size">Hidden units.</param>
    /// <param name="stacks">The stacks.</param>
    /// <param name="tops">The first column of the top elements among the states that the first map reads.</param>
    /// <param name="width">Columns of one depth.</param>
    /// <param name="stateMap">The map that computes the hidden units.</param>
    /// <param name="stackMap">The map that computes the actions and the pushed values.</param>
    public static IEnumerable<ParameterTensor> Of<L, T>(
        int size, StackShape stacks, int tops, int width, AffineMap<L, T> stateMap, AffineMap<L, T> stackMap)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int actions = stacks.NumberOfActions * stacks.NumberOfStacks;
        foreach (ParameterTensor tensor in stateMap.Tensors("weight_ih", "states", "bias", size))
        {
            if (tensor.Name != "states")
            {
                yield return tensor;
                continue;
            }
            if (stacks.HasRecurrentWeights)
                yield return tensor with { Name = "weight_hh" };
            yield return tensor with
            {
                Name = "weight_sh",
                Columns = stacks.Depth * stacks.NumberOfStacks,
                Place = (row, column) =>
                    tensor.Place(row, tops + column / stacks.NumberOfStacks * width + column % stacks.NumberOfStacks),
            };
        }
        foreach (ParameterTensor tensor in stackMap.Tensors("weight", "", "bias", 0, stateMap.ParameterCount))
        {
            yield return tensor with { Name = $"{tensor.Name}_sa", Rows = actions };
            yield return tensor with
            {
                Name = $"{tensor.Name}_sv",
                Rows = stacks.NumberOfStacks,
                Place = (row, column) => tensor.Place(actions + row, column),
            };
        }
    }
}
