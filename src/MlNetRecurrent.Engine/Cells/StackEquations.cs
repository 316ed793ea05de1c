namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// The equations of a step of differentiable stacks (Joulin and Mikolov 2015), for one block of stacks of one sequence: a = softmax(a'), v
/// = σ(v'), s[i] = a[PUSH] s⁻[i - 1] + a[POP] s⁻[i + 1] + a[NOOP] s⁻[i], where s⁻ is the stack before, s⁻[-1] stands for v, and what is
/// below the last element is -1.
/// </summary>
/// <param name="gates">a' and v', then a and v, then their gradients.</param>
/// <param name="gatePlaces">Where the block of each gate lies: PUSH, POP, NOOP if there is one, v.</param>
/// <param name="stride">Numbers from an element of a stack to the next.</param>
internal readonly unsafe ref struct StackEquations<L, T>(T* gates, ReadOnlySpan<nint> gatePlaces, nint stride)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool _hasNoOp = gatePlaces.Length == 4;
    private readonly T* _push = gates + gatePlaces[0], _pop = gates + gatePlaces[1];
    private readonly T* _noOp = gates + gatePlaces[^2], _value = gates + gatePlaces[^1];

    /// <summary>From a' and v' to a and v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decide()
    {
        for (int lane = 0; lane < Block.Size; lane += L.Count)
        {
            L push = L.Load(_push + lane), pop = L.Load(_pop + lane), noOp = L.Load(_noOp + lane);
            L largest = L.Max(L.Max(push, pop), noOp);
            push = L.Exp(push - largest);
            pop = L.Exp(pop - largest);
            noOp = _hasNoOp ? L.Exp(noOp - largest) : L.Broadcast(T.Zero);
            L sum = push + pop + noOp;
            if (_hasNoOp)
                L.Store(noOp / sum, _noOp + lane);
            L.Store(push / sum, _push + lane);
            L.Store(pop / sum, _pop + lane);
            L.Store(L.Sigmoid(L.Load(_value + lane)), _value + lane);
        }
    }

    /// <summary>Gives the likeliest action of each stack the probability 1; of equals the first.</summary>
    public void Round()
    {
        for (int stack = 0; stack < Block.Size; stack++)
        {
            T largest = T.Max(T.Max(_push[stack], _pop[stack]), _noOp[stack]);
            bool pushes = _push[stack] == largest, pops = !pushes && _pop[stack] == largest;
            _push[stack] = pushes ? T.One : T.Zero;
            _pop[stack] = pops ? T.One : T.Zero;
            if (_hasNoOp)
                _noOp[stack] = pushes || pops ? T.Zero : T.One;
        }
    }

    /// <summary>a of one stack: PUSH, POP, NOOP.</summary>
    public T Action(int action, int stack)
    {
        T* actions = action == 0 ? _push : action == 1 ? _pop : _noOp;
        return actions[stack];
    }

    /// <summary>Copies a stack of some elements and its ground.</summary>
    public void Copy(T* source, T* target, int elements)
    {
        for (int i = 0; i < elements + StackMemory<T>.Ground; i++)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
                L.Store(L.Load(source + i * stride + lane), target + i * stride + lane);
        }
    }

    /// <summary>
    /// From the stack before to the stack after, of some elements, which may lie in the same place. Both end with <see
    /// cref="StackMemory{T}.Ground"/> empty elements.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(T* before, T* after, int elements)
    {
        L empty = L.Broadcast(T.CreateTruncating(StackMemory<T>.Empty));
        for (int lane = 0; lane < Block.Size; lane += L.Count)
        {
            L push = L.Load(_push + lane), pop = L.Load(_pop + lane), noOp = NoOp(lane);
            L above = L.Load(_value + lane), here = L.Load(before + lane);
            T* next = before + stride + lane, target = after + lane;
            for (int i = 0; i < elements; i++)
            {
                L below = L.Load(next);
                L.Store(L.MultiplyAdd(push, above, L.MultiplyAdd(pop, below, noOp * here)), target);
                above = here;
                here = below;
                next += stride;
                target += stride;
            }
            for (int i = 0; i < StackMemory<T>.Ground; i++)
                L.Store(empty, target + i * stride);
        }
    }

    /// <summary>
    /// From the gradient of the stack after to that of the stack before, in its place, and to those of a' and v', in theirs.
    /// </summary>
    /// <param name="before">The stack before.</param>
    /// <param name="gradient">The gradient, with room for one element more.</param>
    /// <param name="elements">Elements of the stack after.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(T* before, T* gradient, int elements)
    {
        L zero = L.Broadcast(T.Zero);
        for (int lane = 0; lane < Block.Size; lane += L.Count)
        {
            T* next = before + stride + lane, d = gradient + lane;
            L.Store(zero, d + elements * stride);
            L push = L.Load(_push + lane), pop = L.Load(_pop + lane), noOp = NoOp(lane), value = L.Load(_value + lane);
            L dPush = zero, dPop = zero, dNoOp = zero, dAbove = zero, dHere = L.Load(d);
            L dValue = push * dHere;
            L above = value, here = L.Load(before + lane);
            for (int i = 0; i < elements; i++)
            {
                L below = L.Load(next), dBelow = L.Load(d + stride);
                dPush = L.MultiplyAdd(dHere, above, dPush);
                dPop = L.MultiplyAdd(dHere, below, dPop);
                dNoOp = L.MultiplyAdd(dHere, here, dNoOp);
                L.Store(FlushToZero<L, T>.Gradient(L.MultiplyAdd(pop, dAbove, L.MultiplyAdd(push, dBelow, noOp * dHere))), d);
                above = here;
                here = below;
                dAbove = dHere;
                dHere = dBelow;
                next += stride;
                d += stride;
            }
            L.Store(FlushToZero<L, T>.Gradient(pop * dAbove), d);
            BackwardDecision(lane, push, pop, noOp, value, dPush, dPop, dNoOp, dValue);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BackwardDecision(int lane, L push, L pop, L noOp, L value, L dPush, L dPop, L dNoOp, L dValue)
    {
        L mean = L.MultiplyAdd(push, dPush, L.MultiplyAdd(pop, dPop, noOp * dNoOp));
        L.Store(push * (dPush - mean), _push + lane);
        L.Store(pop * (dPop - mean), _pop + lane);
        if (_hasNoOp)
            L.Store(noOp * (dNoOp - mean), _noOp + lane);
        L.Store(dValue * value * (L.Broadcast(T.One) - value), _value + lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L NoOp(int lane) => _hasNoOp ? L.Load(_noOp + lane) : L.Broadcast(T.Zero);
}
